"""Search across what the reader can reach: nothing is found, counted or paged past that they could not open."""
