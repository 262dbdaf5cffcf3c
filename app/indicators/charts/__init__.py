"""Charts: a specification is made of figures, and drawn as SVG on the server."""
