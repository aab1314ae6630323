/// The act by which a gift becomes the person's (on screen: acte d’attribution): terms, items, one signature, one document.
public enum HandOver {}

/// How the act was signed. Raw values are stored and sealed.
public enum HandOverWay: String, CaseIterable, Sendable, Codable {
    /// Drawn with a finger, a mouse or a pen.
    case screen
    /// On the printed sheet, whose original is kept.
    case paper
    /// Not at all: a second person of the shop saw it.
    case refused

    public func name(in language: Language) -> String {
        switch self {
        case .screen: language.choose("Signé à l’écran", "Signed on the screen")
        case .paper: language.choose("Signé sur papier", "Signed on paper")
        case .refused: language.choose("Signature refusée", "Signature refused")
        }
    }
}

/// An act as it is kept: every column of `hand_overs` is here, with the ticket's printed number. No name.
public struct HandOverRecord: Hashable, Sendable {
    public let sale: ID<Sale>
    /// `LI1-G-000007`.
    public let ticket: String
    public let shop: ID<Shop>
    /// Where it was signed.
    public let till: ID<Till>
    public let link: Link
    public let signedBy: ID<User>
    /// The version of the terms.
    public let termsOn: Day
    /// What they were read in, beside French.
    public let language: String
    public let way: HandOverWay
    public let witness: ID<User>?
    /// SHA-256 of the document, 64 hexadecimal digits.
    public let digest: String

    public init(
        sale: ID<Sale>,
        ticket: String,
        shop: ID<Shop>,
        till: ID<Till>,
        link: Link,
        signedBy: ID<User>,
        termsOn: Day,
        language: String,
        way: HandOverWay,
        witness: ID<User>?,
        digest: String
    ) {
        self.sale = sale
        self.ticket = ticket
        self.shop = shop
        self.till = till
        self.link = link
        self.signedBy = signedBy
        self.termsOn = termsOn
        self.language = language
        self.way = way
        self.witness = witness
        self.digest = digest
    }

    /// What the journal seals.
    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("event", "gift_handed_over")
        entry.put("sale_id", sale)
        entry.put("ticket", ticket)
        entry.put("shop_id", shop)
        entry.put("till_id", till)
        entry.put("terms_on", termsOn)
        entry.put("language", language)
        entry.put("way", way.rawValue)
        entry.put("signed_by", signedBy)
        entry.put("witness_id", witness)
        entry.put("document_sha256", digest)
        return entry
    }
}
