"""The duty roster (vagtplan): who of a party is on duty when, and who is the deputy."""
