"""The page that pages are compared with: it has a title, so that it is known when it is there."""

import streamlit as st

st.set_page_config(page_title="Tom side", layout="wide")
