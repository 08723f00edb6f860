"""What citizens leave behind: questions to a person, complaints, feedback, ratings; personal numbers masked."""
