from __future__ import annotations

from sekisho.gateway.books import MOST, Books
from sekisho.model.subject import Who


def test_a_conversation_has_one_book_and_the_oldest_goes() -> None:
    books = Books()
    first = Who(principal="me", conversation="first")
    kept = books.of(first)
    assert books.of(Who(principal="me", conversation="first")) is kept
    assert books.of(Who(principal="you", conversation="first")) is not kept
    for number in range(MOST):
        books.of(Who(principal="me", conversation=str(number)))
    assert books.of(first) is not kept
