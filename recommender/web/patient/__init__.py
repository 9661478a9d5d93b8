"""The patient's form: its pages, their order, and what happens when nobody touches a page."""
