"""Follow-up: measures (tiltag), each for exactly one dimension of tryghed, with owner, deadline and result."""
