"""The fictional demo area Lindevangen, its cast, and the stories that `make demo` plays. Only in demo mode."""
