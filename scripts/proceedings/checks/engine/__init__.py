"""Infrastructure of the rules: registration, exemptions, reports, repairs, filtering by change."""
