import ArgumentParser
import Shop
import Store

struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract:
            "Make a real installation: association, first shop, till, administrator, and a course to mobilise.",
        discussion: """
            The administrator's password is read from COMPTOIR_PASSWORD, else asked for, else read from \
            standard input. The course is the one for pupils’ parents, seven modules and 16 h 30; \
            “course create” writes another one, or its next version.
            """
    )

    @OptionGroup var printing: Printing

    @Option(help: "The association's name.")
    var association: String

    @Option(
        help:
            "The association's SIRET, 14 digits; the first shop has it too unless --shop-siret says otherwise."
    )
    var siret: String

    @Option(help: "How sales are taxed: exempt_261_7, franchise_293_b, margin or normal.")
    var vatRegime = TaxRule.Regime.exempt

    @Option(help: "Two capitals that begin the labels of the shop's machines.")
    var shopCode: String

    @Option(help: "The first shop's name.")
    var shopName: String

    @Option(help: "The first shop's street address.")
    var address: String

    @Option(help: "Five digits.")
    var postalCode: String

    @Option(help: "The first shop's town.")
    var city: String

    @Option(help: "The first shop's own SIRET.")
    var shopSiret: String?

    @Option(help: "The first shop's VAT number, when it has one.")
    var vatNumber: String?

    @Option(help: "The first till's name.")
    var tillName = "Caisse 1"

    @Option(help: "The administrator's login.")
    var adminLogin: String

    @Option(help: "The administrator's name.")
    var adminName: String

    @Option(
        help: "What receipts say instead of the administrator's name: 2 to 8 capitals and digits."
    )
    var adminOperator = "ADM"

    @Flag(help: "Begin without the course for pupils’ parents.")
    var withoutCourse = false

    func run() async throws {
        try await printing.answer { settings in
            let first = try firstDay(settings.language)
            let installation = try await Installation.open(settings.place, logger: .quiet)
            let result: Result<Void, any Error>
            do { result = .success(try await installation.store.setUp(first)) } catch {
                result = .failure(error)
            }
            try await installation.close()
            try result.get()
            return SetUpDone(
                association: association,
                shop: shopCode.uppercased(),
                till: shopCode.uppercased() + "1",
                administrator: adminLogin.lowercased(),
                course: first.course?.code,
                port: settings.port
            )
        }
    }

    private func firstDay(_ language: Language) throws -> FirstDay {
        try FirstDay(
            association: ShortText(typed: association, field: .association),
            siret: Siret(typed: siret),
            kind: .real,
            regime: vatRegime,
            shop: NewShop(
                code: ShopCode(typed: shopCode),
                name: ShortText(typed: shopName, field: .name),
                address: ShortText(typed: address, field: .address),
                postalCode: PostalCode(typed: postalCode),
                city: ShortText(typed: city, field: .city),
                siret: Siret(typed: shopSiret ?? siret),
                vatNumber: try vatNumber.map { try ShortText(typed: $0, field: .siret, most: 20) }
            ),
            till: NewTill(
                code: TillCode(typed: shopCode + "1"),
                name: ShortText(typed: tillName, field: .till, most: 100)
            ),
            administrator: NewUser(
                login: Login(typed: adminLogin),
                operatorCode: OperatorCode(typed: adminOperator),
                name: PersonName(typed: adminName, field: .name),
                language: language
            ),
            password: SecretPrompt.ask("COMPTOIR_PASSWORD", .password, in: language),
            course: withoutCourse ? nil : ParentsCourse.template()
        )
    }
}

private struct SetUpDone: Output {
    let association: String
    let shop: String
    let till: String
    let administrator: String
    /// Absent where it was left out.
    let course: String?
    let port: Int

    enum CodingKeys: CodingKey {
        case association, shop, till, administrator, course
    }

    func words(in language: Language) -> String {
        language.choose(
            """
            \(association) est installée\u{A0}: espace \(shop), caisse \(till).
            Lancez «\u{A0}comptoir serve\u{A0}», puis ouvrez http://localhost:\(port)
            et connectez-vous avec «\u{A0}\(administrator)\u{A0}».
            """,
            """
            \(association) is set up: shop \(shop), till \(till).
            Run “comptoir serve”, then open http://localhost:\(port)
            and sign in as “\(administrator)”.
            """
        )
    }
}
