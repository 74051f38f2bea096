"""What a page owes to hands, eyes and small machines (product §7 A2, A5, A7, A10, A13, A15, B7, C4, C5, E6): in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests import cast
from tests.browser import Site

pytestmark = pytest.mark.browser

TENANT = (
    "/casa/",
    "/casa/aiuto/",
    "/casa/messaggi/",
    "/casa/io/",
    "/casa/richieste/{number}/",
    "/casa/richieste/{number}/ricevuta/",
)
STAFF = ("/scrivania/", "/scrivania/contatto/", "/scrivania/persone/{person}/", "/scrivania/richieste/{number}/")
SMALL, PHONE, ZOOMED = {"width": 320, "height": 640}, {"width": 360, "height": 640}, {"width": 640, "height": 400}

REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0).map((e, i) => {
        e.dataset.seen = i;
        // The radios of one question are one stop: arrows go on from there.
        return e.type === 'radio' ? 'radio:' + e.name : String(i);
    })"""
STOP = """() => { const e = document.activeElement, style = getComputedStyle(e);
    const target = e.closest('label, .opt') || e;
    const ring = [style, getComputedStyle(target), e.nextElementSibling && getComputedStyle(e.nextElementSibling)]
        .some(s => s && (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none'));
    return [e === document.body ? '' : e.type === 'radio' ? 'radio:' + e.name : (e.dataset.seen || ''), ring]; }"""
CUT = """() => [...document.querySelectorAll('main *')].filter(e => e.children.length === 0 && e.textContent.trim()
    && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
    && !e.classList.contains('hidden')).map(e => e.textContent.trim().slice(0, 60))"""
STICKY = """() => [...document.querySelectorAll('*')].filter(e => ['sticky', 'fixed'].includes(getComputedStyle(e).position)
    && e.checkVisibility()).reduce((sum, e) => sum + e.getBoundingClientRect().height, 0) / innerHeight"""
CROWDED = """() => { const boxes = [...document.querySelectorAll('main .btn, main button, main .doors a')]
        .filter(e => e.checkVisibility()).map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) => {
        const x = Math.max(a.left - b.right, b.left - a.right), y = Math.max(a.top - b.bottom, b.top - a.bottom);
        return Math.max(x, y) < 7.5; }).map(([other]) => `${one} / ${other}`)); }"""
LONGER = """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walk.nextNode()) { if (walk.currentNode.textContent.trim()) { texts.push(walk.currentNode); } }
    // Two fifths more, in words as long as the ones that stand there: a language that says everything at greater length.
    texts.forEach(t => { const words = t.textContent.split(' ');
        t.textContent = words.concat(words.slice(0, Math.ceil(words.length * 0.4))).join(' '); }); }"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def number(site: Site) -> int:
    """Ask for something as Adele, so that her pages have something to show."""
    return cast.open_request("adele").number


def pages(site: Site, number: int, *, tenant: bool = True, staff: bool = True) -> Iterator[Page]:
    """Open every page, the tenants' as Adele and the desk's as Marta."""
    person = cast.person("adele").pk
    for who, addresses in (("adele", TENANT if tenant else ()), ("marta", STAFF if staff else ())):
        page = site.phone(who) if addresses else None
        for address in addresses:
            assert page is not None
            page.set_viewport_size({"width": 360, "height": 640})
            answer = page.goto(address.format(number=number, person=person))
            assert answer is not None
            assert answer.ok, address
            yield page


def stops(page: Page) -> tuple[list[str], list[str]]:
    """Walk through a page by Tab until it begins again; return what was reached in order, and what showed no ring."""
    seen: list[str] = []
    bare: list[str] = []
    # A field that takes the caret by itself would begin the walk in the middle.
    page.locator(".skip").focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(200):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(STOP)
        if not name or name in seen[:1]:
            break
        seen.append(name)
        bare += [] if ring else [name]
    return seen, bare


def test_everything_is_reached_by_tab_in_the_order_it_is_read_with_a_ring(site: Site, number: int) -> None:
    for page in pages(site, number):
        wanted = list(dict.fromkeys(page.evaluate(REACHABLE)))
        seen, bare = stops(page)
        assert seen == wanted, page.url
        assert bare == [], page.url


def test_a_button_no_key_reaches_is_noticed(site: Site, number: int) -> None:
    page = next(pages(site, number))
    wanted = list(dict.fromkeys(page.evaluate(REACHABLE)))
    page.evaluate("() => { document.querySelector('main a').tabIndex = -1; document.querySelector('main').inert = false }")
    assert stops(page)[0] != wanted


def test_nothing_is_cut_and_no_bar_fills_the_screen_at_twice_the_zoom(site: Site, number: int) -> None:
    for page in pages(site, number):
        page.set_viewport_size(ZOOMED)
        assert (page.evaluate(OVERFLOW), page.evaluate(CUT)) == (0, []), page.url
        page.set_viewport_size(PHONE)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert page.evaluate(CUT) == [], page.url
        assert page.evaluate(STICKY) <= 0.25, page.url


def test_what_is_tapped_stands_apart(site: Site, number: int) -> None:
    for page in pages(site, number, staff=False):
        assert page.evaluate(CROWDED) == [], page.url


def test_buttons_that_touch_are_noticed(site: Site, number: int) -> None:
    page = next(pages(site, number))
    page.evaluate(
        "() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<button>A</button><button>B</button>') }"
    )
    assert page.evaluate(CROWDED) != []


def test_a_person_is_offered_in_the_same_place_on_every_page(site: Site, number: int) -> None:
    places = [
        page.evaluate("() => [...document.body.children].map(e => e.id || e.localName).join(' ')")
        for page in pages(site, number, staff=False)
    ]
    after = [(said.partition("main")[2] or said.partition("contenuto")[2]).split() for said in places]
    assert {said[0] for said in after} == {"serve-una-persona"}


def test_every_page_leads_to_the_declaration_and_to_who_hears_of_a_barrier(site: Site, number: int) -> None:
    for page in pages(site, number):
        assert page.locator("footer a[href='/accessibilita/']").count() == 1, page.url
    page.goto("/accessibilita/")
    assert page.locator("main a[href^='mailto:'], main a[href^='tel:']").count() >= 1


def test_every_page_stands_without_pictures_and_letters_of_its_own(site: Site, number: int) -> None:
    def only_words(route: Route) -> None:
        if route.request.resource_type in {"image", "font", "media", "script", "stylesheet"}:
            route.abort()
        else:
            route.continue_()

    page = site.phone("adele")
    page.route("**/*", only_words)
    for address in TENANT:
        page.goto(address.format(number=number))
        assert page.locator("h1").inner_text(), address
        assert page.evaluate(OVERFLOW) == 0, address


@pytest.mark.parametrize("language", ["it", "ar"])
def test_a_language_two_fifths_longer_still_fits_a_small_phone(site: Site, number: int, language: str) -> None:
    for page in pages(site, number):
        page.context.add_cookies([{"name": "lingua", "value": language, "url": site.address}])
        page.reload()
        page.set_viewport_size(SMALL)
        page.evaluate(LONGER)
        assert page.evaluate(OVERFLOW) == 0, page.url


def test_the_languages_stand_in_the_first_hundred_pixels_each_in_its_own_script(site: Site, number: int) -> None:
    for page in pages(site, number):
        choices = page.locator(".langs a")
        assert "العربية" in choices.all_inner_texts()
        assert all((box := choice.bounding_box()) and box["y"] < 100 for choice in choices.all()), page.url


def test_the_button_that_asks_ends_within_560_pixels(site: Site, number: int) -> None:
    page = next(pages(site, number))
    box = page.locator("a[href='/casa/aiuto/']").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 560


def test_colours_chosen_by_the_reader_and_paper_leave_everything_there(site: Site, number: int) -> None:
    page = next(pages(site, number))
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert page.locator("a[href='/casa/aiuto/']").first.is_visible()
    moving = "() => document.getAnimations().filter(a => a.playState === 'running').length"
    assert page.evaluate(moving) == 0
    page.emulate_media(media="print", forced_colors="none")
    assert not page.locator("nav.langs").is_visible()
    assert page.locator("h1").is_visible()
    assert float(page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")) * 0.75 >= 14
