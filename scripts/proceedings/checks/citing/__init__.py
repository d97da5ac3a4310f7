"""Rules on the names of units and people and on cited documents."""
