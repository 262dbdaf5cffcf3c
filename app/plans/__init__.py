"""The versioned beredskabsplan and the rules of the two tracks that follow from it."""
