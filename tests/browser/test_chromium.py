"""The browser itself: it starts, it is a phone, it reaches the application."""


def test_a_phone_reaches_the_application(page):
    answer = page.goto("/health")
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("[innerWidth, navigator.language]") == [390, "da-DK"]
