import Shop
import Store

/// What a voucher says beyond its rights, in a form: `{{#details}}{{>referral-details}}{{/details}}`.
struct DetailsPart: Sendable {
    let motives: [NewVoucherPage.Service]
    let motivesError: String?
    let wish: Choice
    let remarks: Field

    static let fields: Set<String> = ["motives", "wish", "remarks"]

    /// - Parameter offered: the motives that may be given.
    init(_ words: Words, _ draft: Draft, _ offered: [Motive]) {
        let language = words.language
        let chosen = draft.form.all("motives")
        motives = offered.map { motive in
            NewVoucherPage.Service(
                value: motive.code,
                words: motive.words(in: language),
                isChosen: chosen.contains(motive.code)
            )
        }
        motivesError = draft.error("motives", in: language)
        wish = Choice(
            .wish,
            draft,
            in: language,
            options: [("", words("voucher_wish_none"))]
                + WishedEquipment.allCases.map { ($0.rawValue, $0.name(in: language)) }
        )
        remarks = Field(
            .remarks,
            draft,
            in: language,
            hint: words("voucher_remarks_hint"),
            isRequired: false
        )
    }
}

extension Draft {
    mutating func readDetails() -> ReferralDetails? {
        let wish = read("wish") { text throws(Refusal) -> WishedEquipment? in
            text.isEmpty ? nil : try WishedEquipment(typed: text, field: .wish)
        }
        let (codes, remarks) = (form.all("motives"), value("remarks"))
        return readAll { () throws(Refusal) in
            try ReferralDetails(motives: codes, wish: wish ?? nil, remarks: remarks)
        }
    }
}

extension VoucherDetails {
    /// Those that were said, as a page tells them.
    func lines(_ words: Words) -> [PersonPage.Line] {
        let language = words.language
        return [
            (FieldName.motives, motives.map { $0.words(in: language) }.joined(separator: ", ")),
            (.wish, wish?.name(in: language) ?? ""), (.remarks, remarks),
        ].filter { !$0.1.isEmpty }.map {
            PersonPage.Line(label: $0.0.label(in: language), value: $0.1)
        }
    }
}
