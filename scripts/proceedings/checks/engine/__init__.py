"""What all rules need: registration, exemptions, reports, repairs, and what a change answers for."""
