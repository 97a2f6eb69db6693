"""A Plotly figure as plain data: drawn with Plotly's own words, and without its slow bookkeeping.

Plotly looks every property up in its schema as it is set, which takes ten times as long as a page
has. The tests do it instead: `checked` refuses what the schema does not know.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Figure(go.Figure):  # type: ignore[misc]  # Plotly brings no types.
    """What Streamlit is given to draw; it only ever asks for to_dict().

    Attributes:
        spec: The data and the layout, as Plotly's JSON has them.
    """

    spec: dict[str, Any]

    def __init__(self, **layout: Any) -> None:
        """An empty figure.

        Args:
            layout: Properties of the layout.
        """
        drawn: dict[str, Any] = {"xaxis": {}, "yaxis": {}, "annotations": [], "shapes": []}
        # Plotly's own way to set an attribute asks its schema too.
        object.__setattr__(self, "spec", {"data": [], "layout": drawn | layout})

    def to_dict(self) -> dict[str, Any]:
        """The figure as it is sent."""
        return self.spec

    def checked(self) -> go.Figure:
        """The same as Plotly understands it.

        Raises:
            ValueError: A property that Plotly does not know.
        """
        return go.Figure(self.spec)

    @property
    def layout(self) -> Any:
        """The layout as Plotly understands it."""
        return self.checked().layout

    @property
    def data(self) -> Any:
        """The traces as Plotly understands them."""
        return self.checked().data

    def axis(self, name: str, **properties: Any) -> None:
        """Set properties of an axis: "x", "y", "x2"."""
        key = f"{name[0]}axis{name[1:]}"
        self.spec["layout"].setdefault(key, {}).update(_whole(properties))

    def trace(self, **properties: Any) -> None:
        """Add a trace; `type` says which kind."""
        self.spec["data"].append(_whole(properties))

    def note(self, **properties: Any) -> None:
        """Add words at a place."""
        self.spec["layout"]["annotations"].append({"showarrow": False} | _whole(properties))

    def shape(self, **properties: Any) -> None:
        """Add a line or a rectangle."""
        self.spec["layout"]["shapes"].append(_whole(properties))

    def across(self, y: float, **properties: Any) -> None:
        """Add a line across the plot at a value."""
        self.shape(type="line", xref="x domain", x0=0, x1=1, y0=y, y1=y, **properties)

    def upright(self, x: float, **properties: Any) -> None:
        """Add a line from the bottom of the plot to its top at a place."""
        self.shape(type="line", yref="y domain", y0=0, y1=1, x0=x, x1=x, **properties)


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties, each by its whole name.

    Plotly in Python reads line_width as the width of the line; the browser knows no such thing, and
    would draw what it draws by default.
    """
    assert not any("_" in name for name in properties), properties
    return properties
