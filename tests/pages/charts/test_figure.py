"""A figure as plain data: what Streamlit sends is what was said, and Plotly would have taken it."""

import plotly.graph_objects as go
import plotly.io
import plotly.tools
import pytest

from pages.charts.figure import Figure


def drawn() -> Figure:
    made = Figure(height=300, showlegend=False)
    made.axis("x", range=[0, 3])
    made.trace(type="scatter", x=[1, 2], y=[3, None], mode="lines")
    made.note(text="mål", x=0, y=1)
    made.across(0.5, line={"dash": "dot"})
    made.upright(2, line={"dash": "dot"})
    return made


def test_streamlit_is_given_what_was_drawn() -> None:
    made = drawn()
    given = plotly.tools.return_figure_from_figure_or_data(made, validate_figure=True)
    assert given is made.spec
    assert '"text":"mål"' in plotly.io.to_json(given, validate=False).replace("\\u00e5", "å")


def test_it_is_a_figure_that_plotly_knows() -> None:
    checked = drawn().checked()
    assert isinstance(checked.data[0], go.Scatter)
    assert [note.text for note in checked.layout.annotations] == ["mål"]
    line, upright = checked.layout.shapes
    assert (line.y0, line.y1, line.xref) == (0.5, 0.5, "x domain")
    assert (upright.x0, upright.x1, upright.yref) == (2, 2, "y domain")


def test_a_property_that_plotly_does_not_know_is_refused() -> None:
    made = drawn()
    made.note(text="mål", colour="red")
    with pytest.raises(ValueError, match="colour"):
        made.checked()


def test_a_name_that_only_plotly_in_python_knows_is_refused() -> None:
    with pytest.raises(AssertionError, match="line_width"):
        drawn().shape(type="rect", line_width=0)
