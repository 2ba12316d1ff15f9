"""Scores: an assessment form as data, the findings and answers it is filled with, and the sheet that results."""
