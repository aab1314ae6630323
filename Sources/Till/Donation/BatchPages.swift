import Shop
import Store

/// A lot in a list.
struct BatchLine: Sendable {
    let path: String
    let code: String
    let donor: String
    let day: String
    let counts: String
    /// What became of its machines; nil before any was taken in.
    let yield: String?
    let status: Tag

    init(_ row: BatchRow, _ words: Words) {
        yield = row.yield.map { yield in
            words(
                "batch_yield_line",
                [
                    "handed": words.share(yield.handedOver, of: yield),
                    "shelf": words.share(yield.onShelf, of: yield),
                    "work": words.share(yield.inWork, of: yield),
                    "gone": words.share(yield.recycled + yield.lost, of: yield),
                ]
            )
        }
        path = "/batches/\(row.code)"
        code = row.code
        donor = row.shownDonor(in: words.language)
        day = (row.receivedOn ?? row.promisedOn).printed
        counts =
            row.receivedOn == nil
            ? words.counted("batch_promised_units", row.promisedUnits)
            : words(
                "batch_units_of",
                [
                    "received": words.number(row.receivedUnits),
                    "taken": words.number(row.devices),
                ]
            )
        status = Tag(row, words)
    }
}

extension Words {
    /// A count, and how much of a lot it is.
    fileprivate func share(_ count: Int, of yield: BatchCard.Yield) -> String {
        self(
            "batch_share",
            ["count": number(count), "percent": number(yield.percent(count))]
        )
    }
}

extension Tag {
    /// How far a lot has come.
    init(_ row: BatchRow, _ words: Words) {
        if row.receivedOn == nil {
            self.init(tone: "", icon: "clock", words: words("batch_is_promised"))
        } else if row.devices < row.receivedUnits {
            self.init(tone: "warning", icon: "waiting", words: words("batch_is_to_take_in"))
        } else {
            self.init(tone: "done", icon: "done", words: words("batch_is_taken_in"))
        }
    }
}

/// Lots, the last written down first.
struct BatchesPage: Page {
    static let template = "batches"

    let tabs: [DevicesPage.Tab]
    let rows: [BatchLine]
    let isEmpty: Bool
    let pager: Pager?

    init(
        _ words: Words,
        _ part: Paged<BatchRow>,
        stage: BatchStage?,
        donor: ID<Donor>?,
        after: String?
    ) {
        func path(_ stage: BatchStage?, after: String? = nil) -> String {
            let parts = [
                donor.map { "donor=\($0)" }, stage.map { "stage=\($0.rawValue)" },
                after.map { "after=\($0)" },
            ].compactMap { $0 }
            return "/batches" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        tabs =
            [DevicesPage.Tab(path: path(nil), words: words("batch_all"), isCurrent: stage == nil)]
            + BatchStage.allCases.map {
                DevicesPage.Tab(
                    path: path($0),
                    words: $0.name(in: words.language),
                    isCurrent: $0 == stage
                )
            }
        rows = part.items.map { BatchLine($0, words) }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(stage) },
                next: part.next.map { path(stage, after: $0) },
                words: words.counted("batch_count", rows.count)
            )
    }
}

/// A lot to write down.
struct NewBatchPage: Page {
    static let template = "batch-new"

    let key: String
    let workplace: WorkplaceBar?
    let donor: String
    let donorName: String
    let donorPath: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let acquisition: Choice
    let promisedOn: Field
    let agreement: Field
    let units: [Field]
    let weight: Field
    let declaredValue: Field

    static let fields = Set(
        ["acquisition", "promised_on", "agreement", "weight", "declared_value"]
    ).union(DeviceKind.allCases.map { FieldName.units(of: $0).name })

    init(
        _ words: Words,
        _ donor: DonorRow,
        _ draft: Draft,
        key: String,
        today: Day,
        workplace: WorkplaceBar?
    ) {
        let language = words.language
        self.key = key
        self.workplace = workplace
        self.donor = donor.id.text
        donorName = donor.shownName(in: language)
        donorPath = "/donors/\(donor.id)"
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        acquisition = Choice(
            .acquisition,
            draft,
            in: language,
            options: Acquisition.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: Acquisition.gift.rawValue
        )
        promisedOn = Field(.promisedOn, draft, in: language, value: today.iso, type: "date")
        agreement = Field(
            .agreement,
            draft,
            in: language,
            hint: words("batch_agreement_hint"),
            isRequired: false
        )
        units = [Field].ofUnits(draft, in: language)
        weight = Field(
            .weight,
            draft,
            in: language,
            hint: words("batch_weight_hint"),
            isRequired: false
        )
        declaredValue = Field(
            .declaredValue,
            draft,
            in: language,
            hint: words("batch_declared_value_hint"),
            isRequired: false
        )
    }
}

extension [Field] {
    /// How many machines, an input a kind.
    static func ofUnits(_ draft: Draft, in language: Language) -> [Field] {
        DeviceKind.allCases.map { kind in
            Field(.units(of: kind), draft, in: language, type: "number", isRequired: false)
        }
    }
}

/// A lot: what was promised, what came, what became of it.
struct BatchPage: Page {
    static let template = "batch"

    let key: String
    let addKey: String
    let path: String
    let code: String
    let donor: String
    let donorPath: String
    let status: Tag
    let facts: [PersonPage.Line]
    let kinds: [Kind]
    let hasKinds: Bool
    let deliveries: [Delivery]
    let hasDeliveries: Bool
    let yield: [PersonPage.Line]
    let devices: [DeviceLine]
    let hasDevices: Bool
    let pager: Pager?
    /// Nil for a lot that was bought, and before it came.
    let receipt: String?
    let certificate: String?
    let labels: String?
    let dropPath: String?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// The form that records a delivery.
    let reception: Reception
    let label: Field

    struct Kind: Sendable {
        let name: String
        let promised: String
        let received: String
        let takenIn: String
    }

    struct Delivery: Sendable {
        let ordinal: String
        let day: String
        let details: String
        let corrections: [String]
    }

    struct Reception: Sendable {
        let isOpen: Bool
        let receivedOn: Field
        let units: [Field]
        let weight: Field
        /// Nil for a gift.
        let purchase: Purchase?
        /// Nil for an organisation.
        let seller: Seller?
    }

    struct Purchase: Sendable {
        let price: Field
        let payment: Choice
    }

    struct Seller: Sendable {
        let name: Field
        let address: Field
        let document: Choice
        let number: Field
        let issuedOn: Field
        let issuedBy: Field
    }

    static let fields = Set([
        "received_on", "weight", "price", "payment", "seller_name", "seller_address", "document",
        "document_number", "issued_on", "issued_by", "label",
    ]).union(DeviceKind.allCases.map { FieldName.units(of: $0).name })

    init(
        _ words: Words,
        _ card: BatchCard,
        _ devices: Paged<DeviceRow>,
        after: String?,
        today: Day,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let language = words.language
        let batch = card.batch
        let isReceived = batch.receivedOn != nil
        key = newKey()
        addKey = newKey()
        path = "/batches/\(batch.code)"
        code = batch.code
        donor = batch.shownDonor(in: language)
        donorPath = "/donors/\(batch.donor)"
        status = Tag(batch, words)
        facts = [
            ("batch_acquisition", batch.acquisition.name(in: language)),
            ("batch_shop", batch.shop), ("batch_agreement", card.agreement),
            ("batch_promised_on", batch.promisedOn.printed),
            ("batch_promised_weight", card.promisedGrams?.written(in: language) ?? ""),
            ("batch_received_weight", card.receivedGrams?.written(in: language) ?? ""),
            (
                "batch_declared_value",
                card.declaredValueCents.map { Written.cents($0, in: language) } ?? ""
            ),
        ].filter { !$0.1.isEmpty }.map { PersonPage.Line(label: words($0.0), value: $0.1) }
        kinds = card.kinds.map { kind in
            Kind(
                name: kind.kind.name(in: language),
                promised: words.number(kind.promised),
                received: words.number(kind.received),
                takenIn: words.number(kind.takenIn)
            )
        }
        hasKinds = !kinds.isEmpty
        deliveries = card.deliveries.map { delivery in
            Delivery(
                ordinal: words("register_number", ["number": String(delivery.ordinal)]),
                day: delivery.receivedOn.printed,
                details: [
                    words.counted("device_count", delivery.units),
                    delivery.grams?.written(in: language),
                    delivery.payment.map {
                        "\(Written.cents(delivery.priceCents, in: language)), \($0.name(in: language))"
                    },
                ].compactMap { $0 }.joined(separator: " · "),
                corrections: delivery.corrections
            )
        }
        hasDeliveries = isReceived
        yield = [
            ("batch_in_work", card.yield.inWork), ("batch_on_shelf", card.yield.onShelf),
            ("batch_handed_over", card.yield.handedOver), ("batch_recycled", card.yield.recycled),
            ("batch_lost", card.yield.lost),
        ].map { name, count in
            PersonPage.Line(label: words(name), value: words.share(count, of: card.yield))
        }
        self.devices = devices.items.map { DeviceLine($0, words) }
        hasDevices = batch.devices > 0
        let path = path
        pager =
            devices.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path },
                next: devices.next.map { "\(path)?after=\($0)" },
                words: words.counted("device_count", devices.items.count)
            )
        receipt = isReceived && batch.acquisition == .gift ? "\(path)/receipt.pdf" : nil
        certificate = hasDevices ? "\(path)/certificate.pdf" : nil
        labels =
            hasDevices ? "\(path)/labels" + (after.map { "?after=\($0)" } ?? "") : nil
        dropPath = isReceived ? "/devices?batch=\(batch.code)" : nil
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        reception = Reception(card, words, draft, today: today)
        label = Field(.label, draft, in: language, hint: words("batch_add_hint"))
    }
}

extension BatchPage.Reception {
    fileprivate init(_ card: BatchCard, _ words: Words, _ draft: Draft, today: Day) {
        let language = words.language
        let batch = card.batch
        isOpen = batch.receivedOn == nil || !draft.isFine && draft.form["label"] == nil
        receivedOn = Field(.receivedOn, draft, in: language, value: today.iso, type: "date")
        units = [Field].ofUnits(draft, in: language)
        weight = Field(
            .weight,
            draft,
            in: language,
            hint: words("batch_weight_hint"),
            isRequired: false
        )
        purchase =
            batch.acquisition == .gift
            ? nil
            : BatchPage.Purchase(
                price: Field(.price, draft, in: language),
                payment: Choice(
                    .payment,
                    draft,
                    in: language,
                    options: AcquisitionPayment.allCases.map {
                        ($0.rawValue, $0.name(in: language))
                    },
                    chosen: AcquisitionPayment.transfer.rawValue
                )
            )
        seller =
            batch.donorKind == .person
            ? BatchPage.Seller(
                name: Field(.sellerName, draft, in: language),
                address: Field(.sellerAddress, draft, in: language),
                document: Choice(
                    .document,
                    draft,
                    in: language,
                    options: IdentityDocument.allCases.map {
                        ($0.rawValue, $0.name(in: language))
                    },
                    chosen: IdentityDocument.identityCard.rawValue
                ),
                number: Field(.documentNumber, draft, in: language),
                issuedOn: Field(.issuedOn, draft, in: language, type: "date"),
                issuedBy: Field(.issuedBy, draft, in: language)
            ) : nil
    }
}
