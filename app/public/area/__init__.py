"""An area's public page: what stands now, signing up and off, the info screen, and what machines read. No cookie."""
