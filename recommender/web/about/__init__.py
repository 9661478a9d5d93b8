"""How this works: the page that shows every rule and every source."""
