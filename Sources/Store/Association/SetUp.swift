import NIOPosix
import Postgres
public import Shop

/// What an installation begins with.
public struct FirstDay: Sendable {
    let association: String
    let siret: String
    let kind: Association.Kind
    let regime: TaxRule.Regime
    let shop: NewShop
    let till: NewTill
    let administrator: NewUser
    let password: String
    public let course: NewCourse?

    /// - Parameter course: the first course that may be mobilised; nil for none yet.
    ///
    /// Throws `passwordTooWeak`, and `codeUnreadable` for a till whose code is not its shop's.
    public init(
        association: ShortText,
        siret: Siret,
        kind: Association.Kind,
        regime: TaxRule.Regime,
        shop: NewShop,
        till: NewTill,
        administrator: NewUser,
        password: String,
        course: NewCourse? = nil
    ) throws(Refusal) {
        guard till.shop == shop.code else {
            throw Refusal(
                .codeUnreadable,
                ["field": .field(.till), "text": .text(till.code)]
            )
        }
        self.association = association.text
        self.siret = siret.digits
        self.kind = kind
        self.regime = regime
        self.shop = shop
        self.till = till
        self.administrator = administrator
        self.course = course
        let login = try Login(typed: administrator.login)
        self.password = try NewPassword(typed: password, of: login).text
    }
}

extension Store {
    /// Makes the installation: association, tax regime, first shop, its till, the administrator of all
    /// shops, the numbers that hold until someone changes them, and a first course where it is wanted. Throws
    /// `alreadySetUp`.
    public func setUp(_ first: FirstDay) async throws {
        let salt = randomness.bytes(16)
        let hash = try await hashing.runIfActive { [slowHash] in
            try slowHash.make(first.password, salt: salt)
        }
        let (user, shop): (ID<User>, ID<Shop>) = (newID(), newID())
        let till = TillIDs(self)
        let ids = (0..<2).map { _ in newID(User.self).uuid }
        let now = clock.now()
        let course = first.course.map {
            $0.statements(as: CourseIDs(self, $0), version: 1, at: now)
        }
        let (journalKey, publicKey) = journalKey
        try await transaction { tx in
            _ = try tx.pipeline(
                [
                    """
                    insert into association (name, siret, kind, founded_at)
                    values (\(first.association), \(first.siret), \(first.kind), \(now))
                    """,
                    """
                    insert into journal_keys (id, public_key, starts_at) values (\(journalKey), \(publicKey), \(now))
                    """,
                    first.shop.statement(shop, at: now),
                ]
                    + first.till.statements(till, in: shop, at: now)
                    + [
                        first.administrator.statement(user, at: now),
                        credential(ids[0], user, .password, hash, at: now, by: nil),
                        """
                        insert into user_roles (id, user_id, role, granted_at)
                        values (\(ids[1]), \(user), 'administrator', \(now))
                        """,
                    ]
                    + defaults(at: now, taxed: first.regime) + (course ?? [])
            )
        }
    }
}
