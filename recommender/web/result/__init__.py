"""The page that shows a result, and a summary as the HTML inside it."""
