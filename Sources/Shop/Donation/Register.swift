/// The second-hand register that the law asks of whoever sells used goods (Code pénal, article 321-7): each lot, each machine
/// of it, each correction under an ordinal number, one after another.
public enum RegisterEntryKind: String, CaseIterable, Sendable, Codable {
    case receipt, machine, correction

    public func name(in language: Language) -> String {
        switch self {
        case .receipt: language.choose("Lot reçu", "Lot received")
        case .machine: language.choose("Appareil", "Machine")
        case .correction: language.choose("Rectification", "Correction")
        }
    }
}

/// What one entry says, from which its bytes follow.
public struct RegisterRecord: Sendable {
    public let shop: ID<Shop>
    public let ordinal: Int64
    public let happenedOn: Day
    public let recordedAt: Instant
    public let operatorCode: String
    public let content: Content

    public enum Content: Sendable {
        case receipt(Received)
        case machine(Machine)
        case correction(of: Int64, text: String)

        public var kind: RegisterEntryKind {
            switch self {
            case .receipt: .receipt
            case .machine: .machine
            case .correction: .correction
            }
        }
    }

    public struct Received: Sendable {
        public let batch: String
        public let donorKind: DonorKind
        /// Empty for a private person.
        public let donorName: String
        public let donorSiret: String
        /// Hexadecimal; nil for an organisation.
        public let sellerDigest: String?
        public let acquisition: Acquisition
        public let price: Cents
        public let payment: AcquisitionPayment?
        public let weight: Grams?
        public let units: KindCounts

        public init(
            batch: String,
            donorKind: DonorKind,
            donorName: String,
            donorSiret: String,
            sellerDigest: String?,
            acquisition: Acquisition,
            price: Cents,
            payment: AcquisitionPayment?,
            weight: Grams?,
            units: KindCounts
        ) {
            self.batch = batch
            self.donorKind = donorKind
            self.donorName = donorName
            self.donorSiret = donorSiret
            self.sellerDigest = sellerDigest
            self.acquisition = acquisition
            self.price = price
            self.payment = payment
            self.weight = weight
            self.units = units
        }
    }

    public struct Machine: Sendable {
        public let batch: String
        public let label: String
        public let kind: DeviceKind
        public let maker: String
        public let model: String
        public let serial: String
        /// The stay under which it had left for good, which it comes back from; nil for one that had not left.
        public let afterStay: Int?

        public init(
            batch: String,
            label: String,
            kind: DeviceKind,
            maker: String,
            model: String,
            serial: String,
            afterStay: Int?
        ) {
            self.batch = batch
            self.label = label
            self.kind = kind
            self.maker = maker
            self.model = model
            self.serial = serial
            self.afterStay = afterStay
        }
    }

    public init(
        shop: ID<Shop>,
        ordinal: Int64,
        happenedOn: Day,
        recordedAt: Instant,
        operatorCode: String,
        content: Content
    ) {
        self.shop = shop
        self.ordinal = ordinal
        self.happenedOn = happenedOn
        self.recordedAt = recordedAt
        self.operatorCode = operatorCode
        self.content = content
    }

    public var canonical: Canonical {
        var text = Canonical(register: content.kind)
        text.put("shop_id", shop)
        text.put("ordinal", ordinal)
        text.put("happened_on", happenedOn)
        text.put("recorded_at", recordedAt)
        text.put("operator", operatorCode)
        switch content {
        case .receipt(let received):
            text.put("batch", received.batch)
            text.put("donor_kind", received.donorKind.rawValue)
            text.put("donor_name", received.donorName)
            text.put("donor_siret", received.donorSiret)
            text.put("seller_digest", received.sellerDigest)
            text.put("acquisition", received.acquisition.rawValue)
            text.put("price_cents", received.price)
            text.put("payment", received.payment?.rawValue)
            text.put("grams", received.weight?.count)
            for (kind, units) in received.units.listed { text.put("units_\(kind.rawValue)", units) }
        case .machine(let machine):
            text.put("batch", machine.batch)
            text.put("label", machine.label)
            text.put("kind", machine.kind.rawValue)
            text.put("maker", machine.maker)
            text.put("model", machine.model)
            text.put("serial", machine.serial)
            text.put("after_stay", machine.afterStay)
        case .correction(let ordinal, let correction):
            text.put("corrects", ordinal)
            text.put("correction", correction)
        }
        return text
    }
}

/// Who gave or sold, as an identity document says it, for the second-hand register.
public struct SellerIdentity: Hashable, Sendable, Encodable {
    public let name: String
    public let address: String
    public let document: IdentityDocument
    public let number: String
    public let issuedOn: Day
    public let issuedBy: String

    public init(
        name: PersonName,
        address: ShortText,
        document: IdentityDocument,
        number: ShortText,
        issuedOn: Day,
        issuedBy: ShortText
    ) {
        self.name = name.text
        self.address = address.text
        self.document = document
        self.number = number.text
        self.issuedOn = issuedOn
        self.issuedBy = issuedBy.text
    }

    /// As it was kept: it was read before.
    public init(
        kept name: String,
        address: String,
        document: IdentityDocument,
        number: String,
        issuedOn: Day,
        issuedBy: String
    ) {
        self.name = name
        self.address = address
        self.document = document
        self.number = number
        self.issuedOn = issuedOn
        self.issuedBy = issuedBy
    }

    /// What the register's digest is made of, behind its salt.
    public var canonical: String {
        [name, address, document.rawValue, number, issuedOn.iso, issuedBy]
            .map { $0.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") }
            .joined(separator: "\n")
    }
}
