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
            let others = voucher.persons - 1
            persons =
                if let first = voucher.firstPerson {
                    others > 0
                        ? words(
                            "voucher_and_others",
                            ["name": first, "count": words.number(others)]
                        ) : first
                } else {
                    words.counted("voucher_persons", voucher.persons)
                }
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
