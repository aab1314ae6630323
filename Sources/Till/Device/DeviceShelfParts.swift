import Shop
import Store

extension DevicePage {
    struct Shelving: Sendable {
        let path: String
        let key: String
        /// Nil where its kind is graded: it goes with the grade that it was given.
        let grade: Choice?
        /// That grade, in words.
        let given: String?
        let price: Field
        /// What is proposed, in words.
        let prices: [String]
        /// Whether an unusual price is to be confirmed.
        let isAsked: Bool
    }

    struct Repricing: Sendable {
        let path: String
        let key: String
        let price: Field
        let isAsked: Bool
        let isOpen: Bool
    }

    struct Withdrawing: Sendable {
        let path: String
        let key: String
        let motive: Field
    }
}

extension KitForm {
    /// Nil where nothing goes with machines of its kind, and for who may not put it there.
    init?(_ source: DeviceSource) {
        let parts = source.card.kit.filter(\.isAsked)
        guard source.mayWork, source.isInStock, !parts.isEmpty else { return nil }
        self.init(
            source.words,
            parts,
            path: source.path + "/kit",
            key: source.key(),
            form: source.form,
            isNext: source.isReady && source.hasGrade && !source.isWhole
        )
    }
}

extension PartBackForm {
    /// Nil where nothing can go back, and for who may not put it there.
    init?(_ source: DeviceSource) {
        guard source.mayWork, source.row.stage == .inWork || source.row.exit == .recycling else {
            return nil
        }
        self.init(
            source.words,
            source.card.kit,
            path: source.path + "/kit/returns",
            key: source.key(),
            form: source.form
        )
    }
}

extension GradingForm {
    /// Nil where nobody grades machines of its kind, and for who may not prepare it.
    init?(_ source: DeviceSource) {
        guard source.mayPrepare, source.isGraded, let proposal = source.proposal else {
            return nil
        }
        self.init(
            source.words,
            proposal,
            path: source.path + "/gradings",
            key: source.key(),
            form: source.form,
            isNext: source.isReady && source.given == nil,
            isUnsellable: source.row.graded && source.card.grading?.given == .unsellable
        )
    }
}

extension DevicePage.Shelving {
    /// Nil until nothing else is to be done.
    init?(_ source: DeviceSource) {
        guard source.isReady, source.hasGrade, source.isWhole else { return nil }
        let words = source.words
        path = source.path + "/stays"
        key = source.key()
        grade =
            source.isGraded
            ? nil
            : Choice(
                "grade",
                label: words("device_grade"),
                options: Grade.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
                chosen: source.form["grade"] ?? Grade.b.rawValue
            )
        given = source.given.map {
            words("device_grade_is", ["grade": $0.name(in: words.language)])
        }
        price = source.price
        prices = source.proposal.map { $0.told(words, source.given) } ?? []
        isAsked = source.isPriceAsked
    }
}

extension DevicePage.Repricing {
    /// Nil for what is not on the shelf.
    init?(_ source: DeviceSource) {
        guard source.isShelved else { return nil }
        path = source.path + "/price"
        key = source.key()
        price = source.price
        isAsked = source.isPriceAsked
        isOpen = source.form["price"] != nil
    }
}

extension DevicePage.Withdrawing {
    /// Nil for what is not on the shelf.
    init?(_ source: DeviceSource) {
        guard source.isShelved else { return nil }
        path = source.path + "/withdrawal"
        key = source.key()
        motive = Field(
            "motive",
            label: source.words("device_withdraw_motive"),
            hint: source.words("device_withdraw_hint")
        )
    }
}
