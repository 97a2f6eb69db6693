"""From release to screen: the pages draw what a release holds and compute nothing."""
