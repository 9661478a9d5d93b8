"""A patient's answers kept encrypted under a code until a nurse collects them."""
