"""What is shown and taken away of a reader's route: findings, figures, answers; two of them are in comparing."""
