"""The dashboard as a web application: what st.App is given, and the layer around it."""
