import ArgumentParser
import Shop
import Store

/// `comptoir voucher check`: what the till would say to a voucher, without selling.
struct VoucherCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says whether a voucher opens something here today, and what.",
        discussion: "Exit status 1 when it does not."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The voucher's 12 digits.") var code: String
    @Option(help: "Which of its persons, when it names several: P-XXXXXX.") var person: String?
    @Option(help: "The shop; by default that of the till.") var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            do {
                let chosen = try await foundPerson(person, store)
                let code = try VoucherCode(scanned: code)
                let answer = try await store.standing(
                    of: .voucher(code.digits, chosen),
                    in: store.shop(coded: shop, where: .receivers, of: staff)
                )
                return StandingDocument(answer, in: staff.language)
            } catch let refusal as Refusal
                where [.voucherUnreadable, .voucherUnknown].contains(refusal.reason)
            {
                return StandingDocument(refusal: refusal, in: staff.language)
            }
        }
    }
}

/// What a voucher, an attestation or a person opens, as the outside contract says it.
struct StandingDocument: Output {
    /// Of what the document says; the words for people follow the settings.
    private let language: Language
    private let refused: Refusal?
    private let rights: [StandingAnswer.RightLeft]
    private let quotas: [QuotaStanding]

    init(_ answer: StandingAnswer, in language: Language) {
        self.language = language
        refused = answer.refusal
        rights = answer.rights
        quotas = answer.quotas
    }

    init(refusal: Refusal, in language: Language) {
        self.language = language
        refused = refusal
        rights = []
        quotas = []
    }

    var isFine: Bool { refused == nil }

    func encode(to encoder: any Encoder) throws {
        try Document(
            allowed: isFine,
            refusal: refused?.told(in: language),
            rights: rights.map {
                .init(
                    id: $0.right.id,
                    category: $0.right.category,
                    origin: $0.right.kind,
                    validUntil: $0.right.endsOn,
                    usesLeft: $0.usesLeft
                )
            },
            quotas: quotas.map { quota in
                let isMoney = quota.rule.unitsMax == nil
                return .init(
                    rule: quota.rule.code,
                    deviceKinds: quota.rule.machines.map {
                        DeviceKind.allCases.filter($0.contains)
                    },
                    unit: isMoney ? "cents" : "units",
                    used: isMoney ? quota.usedValue.count : Int64(quota.usedUnits),
                    limit: isMoney
                        ? quota.rule.centsMax?.count ?? 0 : Int64(quota.rule.unitsMax ?? 0),
                    nextDate: quota.nextOn
                )
            }
        ).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        var lines = rights.map { left in
            "\(left.right.category.name(in: language))  → \(left.right.endsOn.printed)"
                + (left.usesLeft.map { language.choose("  reste \($0)", "  \($0) left") } ?? "")
        }
        lines += quotas.map { quota in
            let used =
                quota.rule.unitsMax == nil
                ? Written.cents(quota.usedValue, in: language) : String(quota.usedUnits)
            return "\(quota.rule.sentence(in: language))  "
                + language.choose("Pris\u{A0}: \(used)", "Taken: \(used)")
                + (quota.nextOn.map { "  → \($0.printed)" } ?? "")
        }
        if let refused { lines.insert(refused.lines(in: language), at: 0) }
        return lines.joined(separator: "\n")
    }

    private struct Document: Encodable {
        let allowed: Bool
        let refusal: Refusal.Told?
        let rights: [Opened]
        let quotas: [Counted]

        struct Opened: Encodable {
            let id: ID<Right>
            let category: Category
            let origin: Origin
            let validUntil: Day
            let usesLeft: Int?
        }
        struct Counted: Encodable {
            let rule: String
            /// Nil: everything of its category.
            let deviceKinds: [DeviceKind]?
            let unit: String
            let used: Int64
            let limit: Int64
            let nextDate: Day?
        }
    }
}
