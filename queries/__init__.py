"""From store to release: one question at a time becomes numbers that are safe to show."""
