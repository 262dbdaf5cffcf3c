"""People to reach: contact points, call order at an actor, who is in which audience."""
