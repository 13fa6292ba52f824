"""Lending: references of earlier exercises, called for rooms that borrow them. Rooms name a function, and never see it.

A reference that is called with a student's arguments runs in a process of its own, `process.py`, under limits: it may
be asked to count to a trillion. Which function a name stands for, and what one room may ask for in all, is `loans.py`.
"""

from grader.lender.loans import Loans, Offer
from grader.lender.process import Lendable, Lender, Served

__all__ = ["Lendable", "Lender", "Loans", "Offer", "Served"]
