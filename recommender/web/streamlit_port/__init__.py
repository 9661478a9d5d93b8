"""Everything that leans on what Streamlit does not document, in one place."""
