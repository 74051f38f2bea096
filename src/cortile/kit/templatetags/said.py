"""The tags a page says most often, made once: fixed words in each language, fixed addresses, drawings.

``{% translate "…" %}``, ``{% url "name" %}`` and ``{% icon "name" %}`` with nothing but a literal are answered from
memory; with anything else they are Django's own, and the icon's.
"""

from __future__ import annotations

from django import template
from django.template.base import Node, Parser, TextNode, Token, Variable
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language, gettext

from cortile.kit import pages

register = template.Library()


class Said(Node):
    """Fixed words: translated once for each language."""

    def __init__(self, words: str) -> None:
        self.words = words.replace("%", "%%")
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:  # noqa: ARG002 -- Django's signature
        """Return the words in the page's language."""
        language = get_language()
        if language not in self.known:
            self.known[language] = gettext(self.words).replace("%%", "%")
        return self.known[language]


class Address(Node):
    """A fixed address: looked up once for each mount point."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[str, str] = {}

    def render(self, context: Context) -> str:  # noqa: ARG002 -- Django's signature
        """Return the address."""
        prefix = get_script_prefix()
        if prefix not in self.known:
            self.known[prefix] = reverse(self.name)
        return self.known[prefix]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Say fixed words from memory; anything else as Django does."""
    node = do_translate(parser, token)
    if not isinstance(node, TranslateNode) or node.asvar or node.message_context or node.noop:
        return node
    literal = _literal(node.filter_expression)
    return Said(literal) if literal is not None else node


class NumberedAddress(Node):
    """A fixed address around one number, such as a request's: looked up once, then only the number changes."""

    MARKS = (1234567, 7654321)

    def __init__(self, name: str, number: template.base.FilterExpression, otherwise: Node) -> None:
        self.name, self.number, self.otherwise = name, number, otherwise
        self.known: dict[str, tuple[str, str]] = {}

    def render(self, context: Context) -> str:
        """Return the address; anything but a plain number goes the long way."""
        number = self.number.resolve(context)
        if type(number) is not int or number < 0:
            return str(self.otherwise.render(context))
        prefix = get_script_prefix()
        if prefix not in self.known:
            self.known[prefix] = self._around()
        before, after = self.known[prefix]
        return f"{before}{number}{after}"

    def _around(self) -> tuple[str, str]:
        """Return what stands before and after the number."""
        one, other = (reverse(self.name, args=[mark]).split(str(mark)) for mark in self.MARKS)
        if len(one) != 2 or one != other:  # noqa: PLR2004 -- before and after
            raise NoReverseMatch(self.name)
        return one[0], one[1]


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """Return a fixed address from memory, also around one number; any other as Django does."""
    node = django_url(parser, token)
    literal = _literal(node.view_name) if isinstance(node, URLNode) and not node.kwargs and not node.asvar else None
    if literal is None or not isinstance(node, URLNode):
        return node
    if len(node.args) == 1:
        return NumberedAddress(literal, node.args[0], node)
    return node if node.args else Address(literal)


class Icon(Node):
    """An icon whose name is known only when the page is drawn."""

    def __init__(self, name: template.base.FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        """Return its drawing; words stand beside it."""
        return pages.icon(str(self.name.resolve(context)))


@register.tag("icon")
def icon(parser: Parser, token: Token) -> Node:
    """Draw an icon; words stand beside it."""
    name = parser.compile_filter(token.split_contents()[1])
    literal = _literal(name)
    return TextNode(pages.icon(literal)) if literal is not None else Icon(name)


@register.tag("styles")
def styles(parser: Parser, token: Token) -> Node:  # noqa: ARG001 -- Django's signature
    """Inline the sheet: one blocking round trip costs two seconds on slow 3G."""
    return TextNode(f"<style>{pages.CSS}</style>")


def _literal(expression: template.base.FilterExpression) -> str | None:
    if expression.filters:
        return None
    var = expression.var
    found = var.literal if isinstance(var, Variable) else var
    return str(found) if isinstance(found, str) else None
