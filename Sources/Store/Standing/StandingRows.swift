import Postgres
import Shop

extension StandingQuery {
    private static let knownRules = KnownRows<QuotaRule>()

    /// Throws `voucherUnknown`, `completionUnknown`, `voucherPersonMissing` or `personUnknown` when who buys is not found.
    func standing(_ rows: ArraySlice<Rows>) throws -> Standing {
        let rows = Array(rows)
        let vouchers = try rows[1].map { try VoucherFacts($0) }
        let inHand = try rows[1].first { try $0["in_hand"] ?? false }.map { try VoucherFacts($0) }
        let completions = try Dictionary(
            uniqueKeysWithValues: rows[2].map { row in
                let id: ID<Completion> = try row["id"]
                let origin = Right.Opened.completion(
                    id,
                    code: try row["code"],
                    revokedOn: try row["revoked_on"]
                )
                return (id, origin)
            }
        )
        let completion: ID<Completion>? = try rows[2].first { try $0["in_hand"] ?? false }?["id"]
        let buyer = try rows[0].first.map { row in
            let members: [ID<Person>] = try row["members"]
            let households: [ID<Household>] = try row["households"] ?? []
            let since: [Day] = try row["since"] ?? []
            let until: [Day] = try row["until"] ?? []
            return Standing.Buyer(
                person: try row["person_id"],
                household: try row["household_id"],
                members: Set(members),
                before: zip(households, zip(since, until)).map {
                    Residence(household: $0, since: $1.0, until: $1.1)
                }
            )
        }
        try checkFound(buyer, voucher: inHand, completion: completion)
        let byID = Dictionary(uniqueKeysWithValues: vouchers.map { ($0.id, $0) })
        let rights = try rows[3].compactMap { try right($0, byID, completions) }
        let numbers = try rows[6].map { row in
            DatedNumbers.Row(
                name: try row["name"],
                startsOn: try row["starts_on"],
                amount: try row["amount"]
            )
        }
        return Standing(
            buyer: buyer,
            voucher: inHand,
            completion: completion,
            rights: rights,
            uses: try rows[4].map { try Use(net: $0) },
            rules: try rows[5].map { row in
                try Self.knownRules.value(of: row) { try QuotaRule($0) }
            },
            overrides: try rows[11].map { try Override($0) },
            numbers: DatedNumbers(numbers)
        )
    }

    /// The things asked for that exist; `decide` refuses those that do not.
    func goods(_ rows: ArraySlice<Rows>) throws -> Goods {
        let rows = Array(rows)
        let offers = try Dictionary(grouping: rows[9]) { row -> ID<Product> in try row["product_id"]
        }
        let codes = try Dictionary(grouping: rows[12]) { row -> ID<Product> in try row["product_id"]
        }
        var products: [String: ProductFacts] = [:]
        var machines: [String: ProductFacts] = [:]
        for row in rows[8] {
            let product = try ProductFacts(
                row,
                offers: offers,
                taxes: rows[10],
                codes: codes,
                in: shop
            )
            products[product.code] = product
            if let kind: String = try row["device_kind"] { machines[kind] = product }
        }
        var devices: [String: DeviceFacts] = [:]
        for row in rows[7] {
            let kind: String = try row["kind"]
            let label: String = try row["label"]
            guard let product = machines[kind] else {
                throw Refusal(.productUnknown, ["code": .text(kind)])
            }
            devices[label] = try DeviceFacts(row, product: product)
        }
        return Goods(devices: devices, products: products)
    }

    private func checkFound(
        _ found: Standing.Buyer?,
        voucher: VoucherFacts?,
        completion: ID<Completion>?
    ) throws {
        switch buyer {
        case nil: return
        case .voucher(let code, let person):
            if voucher == nil { throw Refusal(.voucherUnknown, ["code": .text(code)]) }
            if found == nil {
                throw Refusal(person == nil ? .voucherPersonMissing : .personUnknown)
            }
        case .completion(let code):
            if completion == nil { throw Refusal(.completionUnknown, ["code": .text(code)]) }
            if found == nil { throw Refusal(.personUnknown) }
        case .person:
            if found == nil { throw Refusal(.personUnknown) }
        }
    }

    private func right(
        _ row: Row,
        _ vouchers: [ID<Voucher>: VoucherFacts],
        _ completions: [ID<Completion>: Right.Opened]
    ) throws -> Right? {
        let voucher: ID<Voucher>? = try row["voucher_id"]
        let completion: ID<Completion>? = try row["completion_id"]
        let origin: Right.Opened
        if let voucher, let facts = vouchers[voucher] {
            origin = .voucher(facts)
        } else if let completion, let opened = completions[completion] {
            origin = opened
        } else {
            return nil
        }
        return Right(
            id: try row["id"],
            category: try row["category"],
            origin: origin,
            startsOn: try row["starts_on"],
            endsOn: try row["ends_on"],
            usesMax: try row["uses_max"]
        )
    }
}

extension VoucherFacts {
    fileprivate init(_ row: Row) throws {
        let recordedAt: Instant = try row["recorded_at"]
        let revokedAt: Instant? = try row["revoked_at"]
        self.init(
            id: try row["id"],
            code: try row["code"],
            structure: try row["structure"],
            structureID: try row["structure_id"],
            signedOn: try row["signed_on"],
            validUntil: try row["valid_until"],
            presentedOn: recordedAt.day,
            revokedOn: revokedAt?.day,
            shop: try row["shop_id"],
            shopName: try row["shop_name"]
        )
    }
}

extension Use {
    /// What of a use still counts, once what came back is taken off.
    fileprivate init(net row: Row) throws {
        let units: Int = try row["units"]
        let back: Int = try row["units_back"]
        let cents: Cents = try row["cents"]
        let centsBack: Cents = try row["cents_back"]
        self.init(
            right: try row["right_id"],
            person: try row["person_id"],
            household: try row["household_id"],
            category: try row["category"],
            origin: try row["origin"],
            kind: try row["exit_kind"],
            shop: try row["shop_id"],
            units: units - back,
            value: (cents - centsBack) ?? .zero,
            on: try row["used_on"],
            receipt: try receiptText(row),
            machine: try row["device_kind"],
            product: try row["product_id"],
            structure: try row["structure_id"]
        )
    }
}

/// `LI1-V-000042` from columns `till`, `kind` or `ticket`, and `number`; empty for a visit, which has no ticket.
private func receiptText(_ row: Row, kind column: String = "kind") throws -> String {
    guard let kind: TicketKind = try row[column] else { return "" }
    return ReceiptCode(till: try row["till"], kind: kind.receipt, number: try row["number"]).text
}

extension TicketKind {
    var receipt: ReceiptCode.Kind {
        switch self {
        case .sale: .sale
        case .gift: .gift
        }
    }

    var entry: EntryKind {
        switch self {
        case .sale: .sale
        case .gift: .gift
        }
    }
}

extension DeviceFacts {
    fileprivate init(_ row: Row, product: ProductFacts) throws {
        let ordinal: Int? = try row["ordinal"]
        let exit: String? = try row["exit_kind"]
        let cameBack: Bool = try row["came_back"]
        let state: State
        let removed: DeviceExit? = try row["removed"]
        if removed != nil {
            state = .recycled
        } else if let exit, let left: Instant = try row["left_at"] {
            switch exit {
            case "sale", "gift":
                state =
                    cameBack
                    ? .inWork(inspected: try row["inspected"], erased: try row["erased"])
                    : .gone(
                        receipt: try receiptText(row, kind: "ticket"),
                        at: left,
                        operatorCode: try row["operator"]
                    )
            case "recycling", "loss":
                state =
                    cameBack
                    ? .inWork(inspected: try row["inspected"], erased: try row["erased"])
                    : .recycled
            default: state = .inWork(inspected: try row["inspected"], erased: try row["erased"])
            }
        } else if let ordinal {
            state = .onShelf(
                ordinal: ordinal,
                shop: try row["shop_id"],
                shopName: try row["shop_name"],
                grade: try row["grade"],
                price: try row["price_cents"]
            )
        } else {
            state = .inWork(inspected: try row["inspected"], erased: try row["erased"])
        }
        var reserved: Reservation?
        if let person: ID<Person> = try row["reserved_for"] {
            reserved = Reservation(person: person, until: try row["until_on"])
        }
        self.init(
            id: try row["id"],
            label: try row["label"],
            product: product,
            maker: try row["maker"],
            model: try row["model"],
            state: state,
            reserved: reserved,
            isFailing: try row["failing"]
        )
    }
}

extension ProductFacts {
    fileprivate init(
        _ row: Row,
        offers: [ID<Product>: [Row]],
        taxes: Rows,
        codes: [ID<Product>: [Row]],
        in shop: ID<Shop>
    ) throws {
        let id: ID<Product> = try row["id"]
        let kind: Kind = try row["kind"]
        self.init(
            id: id,
            code: try row["code"],
            kind: kind,
            category: try row["category"],
            name: try row["name_fr"],
            offers: try (offers[id] ?? []).map { try Offer($0) },
            taxes: try taxes.compactMap { try TaxRule($0, for: kind) },
            free: try row["free"],
            machine: try row["device_kind"],
            delivery: try row["delivery"],
            codes: try (codes[id] ?? []).map { try $0["code_id"] }
        )
    }
}

extension Offer {
    init(_ row: Row) throws {
        self.init(
            startsOn: try row["starts_on"],
            price: try row["price_cents"],
            volumeMB: try row["volume_mb"],
            validDays: try row["valid_days"]
        )
    }
}

extension TaxRule {
    /// Nil when the row is for another kind of product.
    fileprivate init?(_ row: Row, for kind: ProductFacts.Kind) throws {
        let named: ProductFacts.Kind? = try row["kind"]
        let shop: ID<Shop>? = try row["shop_id"]
        guard named == nil || named == kind else { return nil }
        self.init(
            startsOn: try row["starts_on"],
            regime: try row["regime"],
            rateBasisPoints: try row["rate_bp"],
            narrowness: (shop == nil ? 0 : 2) + (named == nil ? 0 : 1)
        )
    }
}
