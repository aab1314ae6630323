import Shop
import Store

/// Vouchers, the last recorded first, and the way to one by its code.
struct VouchersPage: Page {
    static let template = "vouchers"

    let search: Field
    let refusal: RefusalCard?
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    let maySeeStructures: Bool

    struct Row: Sendable {
        let path: String
        let code: String
        let structure: String
        let signed: String
        let until: String
        let persons: String
        let status: Tag

        init(_ voucher: VoucherRow, _ words: Words, today: Day) {
            path = "/vouchers/\(voucher.code)"
            code = VoucherPage.printed(voucher.code)
            structure = voucher.structure
            signed = voucher.signedOn.printed
            until = voucher.validUntil.printed
            persons = words.people(voucher.persons, first: voucher.firstPerson)
            status = Tag(voucher, words, today: today)
        }
    }

    init(
        _ words: Words,
        _ part: Paged<VoucherRow>,
        after: String?,
        today: Day,
        typed: String = "",
        refusal: Refusal? = nil,
        maySeeStructures: Bool
    ) {
        search = Field(
            "code",
            label: words("voucher_code"),
            value: typed,
            hint: words("voucher_code_hint")
        )
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        rows = part.items.map { Row($0, words, today: today) }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/vouchers" },
                next: part.next.map { "/vouchers?after=\($0)" },
                words: words.counted("voucher_count", rows.count)
            )
        self.maySeeStructures = maySeeStructures
    }
}

extension Words {
    /// Whom a voucher names, in a cell: `Amina B. et 2 autres`, or how many once the names are erased.
    func people(_ count: Int, first: String?) -> String {
        guard let first else { return counted("voucher_persons", count) }
        return count > 1
            ? self("voucher_and_others", ["name": first, "count": number(count - 1)]) : first
    }
}
