"""What a tired person types is sent once and never lost."""

from playwright.sync_api import expect

from tests.browser.gallery.fixture import app, world

__all__ = ["app", "world"]


def fill(page, what="Rygte om drab"):
    page.goto("/gallery/form")
    page.locator("label", has_text="Ikke politisag").click()
    page.get_by_label("Hvad").fill(what)


def test_an_error_keeps_what_was_typed_and_leads_to_the_field(page):
    page.goto("/gallery/form")
    page.get_by_label("Beskriv").fill("Mange unge ved torvet")
    page.get_by_role("button", name="Aktivér nu").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Hvad").click()
    expect(page.get_by_label("Hvad")).to_be_focused()
    expect(page.get_by_label("Beskriv")).to_have_value("Mange unge ved torvet")
    assert page.get_by_label("Hvad").get_attribute("aria-describedby") == "what-error"


def test_two_taps_send_once_and_the_button_says_so(page, world):
    fill(page)
    world.answers_after = 0.8
    shown = page.evaluate(
        "() => { const b = document.querySelector('.bar button'); b.click();"
        " setTimeout(() => b.form.requestSubmit(), 200);"  # Enter in a field does the same as a tap
        " return new Promise(done => setTimeout(() => done([b.textContent, b.disabled]), 400)) }"
    )
    assert shown == ["Sender …", True]
    page.wait_for_url("**/gallery/front")
    assert [(r["what"], r["go"], r["once"]) for r in world.received] == [("Rygte om drab", "now", "once-1")]


def test_after_going_back_the_button_can_be_used_again(page, world):
    fill(page)
    page.get_by_role("button", name="Aktivér nu").click()
    page.wait_for_url("**/gallery/front")
    page.go_back()
    expect(page.locator(".bar button")).to_be_enabled()
    expect(page.locator(".bar button")).to_have_text("Aktivér nu")


def test_half_typed_text_survives_a_reload_and_a_lost_answer_and_goes_when_it_is_sent(page):
    fill(page, "")
    page.get_by_label("Beskriv").press_sequentially("Halvt skrevet")
    page.reload()
    expect(page.get_by_label("Beskriv")).to_have_value("Halvt skrevet")
    page.route("**/gallery/form", lambda route: route.abort())
    page.get_by_role("button", name="Aktivér nu").click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/gallery/form")
    page.goto("/gallery/front")
    fill(page)
    expect(page.get_by_label("Beskriv")).to_have_value("Halvt skrevet")
    page.get_by_role("button", name="Aktivér nu").click()
    page.wait_for_url("**/gallery/front")
    page.goto("/gallery/form")
    expect(page.get_by_label("Beskriv")).to_have_value("")


def test_signing_out_forgets_what_was_kept(page):
    page.goto("/gallery/room")
    page.get_by_label("Skriv i loggen").press_sequentially("Noget")
    page.locator("#menu").click()
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_load_state()
    page.goto("/gallery/room")
    expect(page.get_by_label("Skriv i loggen")).to_have_value("")


def test_the_menu_closes_with_escape_and_gives_the_focus_back(page):
    page.goto("/gallery/room")
    page.locator("#menu").click()
    expect(page.get_by_role("button", name="Ungdomsklubben")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ungdomsklubben")).to_be_hidden()
    expect(page.locator("#menu")).to_be_focused()


def test_the_menu_closes_with_a_tap_beside_it_even_without_javascript(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/gallery/room")
    page.locator("#menu").click()
    page.mouse.click(100, 600)
    expect(page.get_by_role("button", name="Ungdomsklubben")).to_be_hidden()
    assert page.url.endswith("/gallery/room")
