"""Browser components, for what Streamlit has no widget for: each with its script, its style and its test beside it."""
