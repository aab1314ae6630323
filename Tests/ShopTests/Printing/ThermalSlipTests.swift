import Shop
import Testing

@Suite("A slip of a receipt printer")
struct ThermalSlipTests {
    @Test("has a rule across the paper", arguments: ThermalPaper.Columns.allCases)
    func rule(columns: ThermalPaper.Columns) throws {
        var slip = ThermalSlip(on: ThermalPaper(columns: columns, isCut: false))
        slip.write("DÉMONSTRATION", [.bold, .wide, .tall], .centred)
        slip.rule()
        slip.skip()
        #expect(
            try PrintedSlip(slip).lines.dropFirst()
                == [.init(text: String(repeating: "-", count: columns.rawValue)), .init(text: "")]
        )
    }

    @Test("goes back to plain letters after others, and sends no change where there is none")
    func looks() throws {
        let looks: [ThermalSlip.Look] = [
            [], .bold, [.bold, .tall], .tall, .wide, [.tall, .wide], [.bold, .tall, .wide], [],
        ]
        var slip = ThermalSlip(on: .roll)
        var lines: [PrintedSlip.Line] = []
        for look in looks {
            for alignment in ThermalSlip.Alignment.allCases {
                slip.write("Été", look, alignment)
                lines.append(.init(text: "Été", look: look, alignment: alignment))
            }
        }
        #expect(try PrintedSlip(slip).lines == lines)
        let count = slip.bytes.count
        slip.write("Été", [], .right)
        #expect(slip.bytes.count == count + 4)
    }

    @Test(
        "is cut, or fed to where it is torn off",
        arguments: [(true, PrintedSlip.Part.cut), (false, .fed(lines: 6))]
    )
    func cuts(isCut: Bool, end: PrintedSlip.Part) throws {
        var slip = ThermalSlip(on: ThermalPaper(columns: .thirtyTwo, isCut: isCut))
        slip.write("un")
        slip.cut()
        slip.write("deux")
        slip.cut()
        #expect(
            try PrintedSlip(slip).parts
                == [.line(.init(text: "un")), end, .line(.init(text: "deux")), end]
        )
    }

    @Test("opens the drawer, which opens without paper as well")
    func drawer() throws {
        var slip = ThermalSlip(on: .roll)
        slip.openDrawer()
        slip.write("Rendu")
        #expect(try PrintedSlip(slip).parts == [.drawer, .line(.init(text: "Rendu"))])
        #expect(try PrintedSlip(ThermalSlip.drawerAlone, columns: 48).parts == [.drawer])
    }

    @Test("reads like the ticket on the screen, on wide paper and on narrow")
    func wholeReceipt() throws {
        #expect(try PrintedSlip(receipt(on: .roll)).paper == wideReceipt)
        #expect(try PrintedSlip(receipt(on: .narrowRoll)).paper == narrowReceipt)
    }

    private func receipt(on paper: ThermalPaper) throws -> ThermalSlip {
        var slip = ThermalSlip(on: paper)
        slip.openDrawer()
        slip.write("Espace solidaire de Lille", [.bold, .tall], .centred)
        slip.write("Association de l’Exemple", [], .centred)
        slip.write("12 rue de la Clé, 59000 Lille", [], .centred)
        slip.write("SIRET 123\u{A0}456\u{A0}789\u{A0}00012", [], .centred)
        slip.skip()
        slip.write("Ticket de vente", .bold, .centred)
        slip.rule()
        slip.writeRow("Numéro", "LI1-V-000042")
        slip.writeRow("Date", "3\u{A0}mars 2026 15:05")
        slip.rule()
        slip.writeRow(
            "Portable Lenovo ThinkPad T470, 8\u{A0}Go, SSD 256\u{A0}Go",
            "110,00\u{A0}€",
            .bold
        )
        slip.write("Reconditionné, catégorie B")
        slip.write("Garantie légale jusqu’au 3\u{A0}mars 2028")
        slip.writeRow("Souris", "10,00\u{A0}€", .bold)
        slip.write("2 × 5,00\u{A0}€")
        slip.rule()
        slip.writeRow("À payer", "120,00\u{A0}€", [.bold, .tall])
        slip.writeRow("Espèces", "150,00\u{A0}€")
        slip.writeRow("Rendu", "30,00\u{A0}€")
        slip.write("TVA non applicable, article 261, 7, 1° du CGI")
        try slip.drawBarcode("LI1-V-000042")
        slip.write("Signature 3f9a 11c0", [], .left)
        slip.cut()
        return slip
    }
}

private let wideReceipt = """
    [drawer]
               Espace solidaire de Lille
                Association de l'Exemple
             12 rue de la Clé, 59000 Lille
                SIRET 123 456 789 00012

                    Ticket de vente
    ------------------------------------------------
    Numéro                              LI1-V-000042
    Date                           3 mars 2026 15:05
    ------------------------------------------------
    Portable Lenovo ThinkPad T470, 8 Go,    110,00 €
    SSD 256 Go
    Reconditionné, catégorie B
    Garantie légale jusqu'au 3 mars 2028
    Souris                                   10,00 €
    2 × 5,00 €
    ------------------------------------------------
    À payer                                 120,00 €
    Espèces                                 150,00 €
    Rendu                                    30,00 €
    TVA non applicable, article 261, 7, 1° du CGI
    [|| LI1-V-000042]
    Signature 3f9a 11c0
    [cut]
    """

private let narrowReceipt = """
    [drawer]
       Espace solidaire de Lille
        Association de l'Exemple
     12 rue de la Clé, 59000 Lille
        SIRET 123 456 789 00012

            Ticket de vente
    --------------------------------
    Numéro              LI1-V-000042
    Date           3 mars 2026 15:05
    --------------------------------
    Portable Lenovo         110,00 €
    ThinkPad T470, 8 Go,
    SSD 256 Go
    Reconditionné, catégorie B
    Garantie légale jusqu'au 3 mars
    2028
    Souris                   10,00 €
    2 × 5,00 €
    --------------------------------
    À payer                 120,00 €
    Espèces                 150,00 €
    Rendu                    30,00 €
    TVA non applicable, article 261,
    7, 1° du CGI
    [|| LI1-V-000042]
    Signature 3f9a 11c0
    [6 lines]
    """

extension ThermalPaper {
    static let roll = ThermalPaper(columns: .fortyEight, isCut: true)
    static let narrowRoll = ThermalPaper(columns: .thirtyTwo, isCut: false)
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
