"""What pages draw, as the page's first script opens it."""

import re
from urllib.parse import unquote


def opened(bodies: str) -> str:
    """The HTML of the page, from what was handed to the browser for it."""
    return re.sub('<div data-html="([^"]*)"></div>', lambda packed: unquote(packed[1]), bodies)
