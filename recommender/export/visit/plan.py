"""What was injected: each product with its lot, the face chart with numbered points, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recommender.documents.consultation import Consultation
from recommender.documents.plan import Product
from recommender.documents.vocabulary import Area
from recommender.export.blocks import Block, Bullets, Callout, Chart, Line, Mark, Paragraph, Section, Table
from recommender.export.labels import Labels
from recommender.export.visit.words import DEPTHS, NOT_SAID, TECHNIQUES, amount, day, typed
from recommender.languages import spoken, translate


def plan(consultation: Consultation, labels: Labels) -> Section:
    """The whole plan; in a draft, what is still to be filled in says so."""
    happened = {
        "yes": translate("Something was injected, on {day}.").format(day=day(consultation.injected_on)),
        "no": translate("Nothing was injected."),
        None: translate("Whether anything was injected is not said yet."),
    }[consultation.injected]
    expired = consultation.expired_products
    products = (
        _product(number, product, labels, expired=product in expired)
        for number, product in enumerate(consultation.products, start=1)
    )
    return Section(
        "plan", translate("What was injected"), (Paragraph(Line(happened)), *products, *_chart(consultation.products, labels))
    )


def name_of(number: int, product: Product) -> str:
    """How a product of the plan is named among others: its number, and its brand or what else is known of it."""
    called = typed(product.brand) or typed(product.product)
    return f"{number} – {called}" if called else str(number)


def _product(number: int, product: Product, labels: Labels, *, expired: bool) -> Section:
    facts = (
        (translate("Treatment"), labels.of("treatment", product.treatment)),
        (translate("Product"), typed(product.product)),
        (translate("Brand"), typed(product.brand)),
        (translate("Lot"), typed(product.lot)),
        (translate("Expires"), day(product.expires_on)),
        (
            translate("Dilution"),
            typed(product.dilution) or (translate("none said") if product.treatment == "dermal_filler" else ""),
        ),
        (translate("Depth"), spoken(DEPTHS)[product.depth] if product.depth else ""),
        (translate("Technique"), spoken(TECHNIQUES)[product.technique] if product.technique else ""),
        (translate("Points"), str(len(product.points))),
        (translate("Amount in all"), amount(product.total, product.unit) if product.points else translate("none")),
    )
    lines = tuple(Line(said or spoken(NOT_SAID), label=label) for label, said in facts)
    return Section(
        f"product-{number}",
        translate("Product {name_of}").format(name_of=name_of(number, product)),
        (*(_expired(product) if expired else ()), *_recalled(product), Bullets("", lines), *_totals(product, labels)),
    )


def _expired(product: Product) -> Iterator[Block]:
    yield Callout("warning", translate("This product had expired when it was used"))
    yield Paragraph(Line(typed(product.expired_because), label=translate("Why it was used all the same")))


def _recalled(product: Product) -> Iterator[Block]:
    if product.recalled_because:
        yield Callout("warning", translate("The lot of this product was recalled"))
        yield Paragraph(Line(typed(product.recalled_because), label=translate("Why it was used all the same")))


def _totals(product: Product, labels: Labels) -> Iterator[Block]:
    if len(product.areas) < 2:
        return
    by_place: dict[Area, list[Decimal]] = {}
    for point in product.points:
        by_place.setdefault(point.area, []).append(point.amount)
    rows = [(labels.of("area", area), found) for area, found in by_place.items()]
    rows.append((translate("Everywhere"), [point.amount for point in product.points]))
    cells = tuple(
        (Line(name), Line(str(len(found))), Line(amount(sum(found, Decimal(0)), product.unit))) for name, found in rows
    )
    yield Table(translate("By place"), (translate("Place"), translate("Points"), translate("Amount")), cells)


def _chart(products: tuple[Product, ...], labels: Labels) -> Iterator[Block]:
    each = [(index, product, point) for index, product in enumerate(products) for point in product.points]
    if not each:
        return
    marks = tuple(Mark(number, point.x, point.y, point.area, index) for number, (index, _, point) in enumerate(each, start=1))
    rows = tuple(
        (
            Line(str(number)),
            Line(labels.of("area", point.area)),
            Line(amount(point.amount, product.unit)),
            Line(f"{100 * point.x:.1f} / {100 * point.y:.1f}"),
            Line(name_of(index + 1, product)),
        )
        for number, (index, product, point) in enumerate(each, start=1)
    )
    header = (translate("Point"), translate("Place"), translate("Amount"), translate("Across / down, %"), translate("Product"))
    said = " ".join(f"{number.text}: {place.text}, {much.text}." for number, place, much, _, _ in rows)
    yield Chart(
        marks,
        Table(translate("The points on the face chart"), header, rows),
        translate("Drawing of a face with numbered points. {said}").format(said=said),
    )
