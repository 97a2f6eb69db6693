"""The page that chart pages are compared with: one trivial Plotly chart."""

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="Én figur", layout="wide")
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[2, 1, 3])))
