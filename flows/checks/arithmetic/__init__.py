"""The arithmetic of printed numbers: intervals, what a printed figure stands for, verdicts, likely causes."""
