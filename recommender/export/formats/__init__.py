"""The formats of a summary: text, Markdown, HTML and PDF, with the fonts that the PDF is set in."""
