"""What citizens leave behind: turns, questions to a person, complaints, feedback, ratings; personal numbers masked."""
