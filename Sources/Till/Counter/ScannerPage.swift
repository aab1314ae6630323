import Shop

/// One sheet: what a scanner must be set to, the codes to try it with, and what a wrong answer means. On the screen it
/// reads what is scanned and says whether it came right.
struct ScannerPage: Page {
    static let template = "scanner"

    /// Letters that trade places between keyboards, a hyphen and every digit. No code of ours, so nothing is sold by it.
    static let test = "ESSAI-AQWZM-0123456789"
    /// What a scanner set to an American keyboard makes of it on a French one.
    static let testOnWrongKeyboard = "ESSQI)QAZW?)à&é\"'(-è_ç"

    /// What the script says, as JSON: the keys that begin with `scanner_`.
    let words: String
    /// What the script compares with.
    let expected: String
    let gap: Int
    /// The longest pause that a till may be set to.
    let most: Int
    let gapNow: String
    /// Where the pause is set, for whoever may.
    let settings: String?
    let wrong: String
    let code128: Markup
    let qr: Markup

    /// - Parameter till: its code; nil where one stands at none.
    init(_ words: Words, till: String?, gap: Int, settings: String?) throws {
        self.words = try words.json(prefix: "scanner_")
        expected = ScannerPage.test
        self.gap = gap
        most = ScanGap.possible.upperBound
        gapNow =
            till.map { words("scanner_gap_now", ["till": $0, "gap": String(gap)]) }
            ?? words("scanner_gap_usual", ["gap": String(gap)])
        self.settings = settings
        wrong = ScannerPage.testOnWrongKeyboard
        code128 = Barcode.code128(ScannerPage.test)
        qr = Barcode.qr(ScannerPage.test)
    }
}
