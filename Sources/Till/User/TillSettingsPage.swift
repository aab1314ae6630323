import Shop
import Store

/// What is set for one till: how slowly its scanner may type.
struct TillSettingsPage: Page {
    static let template = "till-settings"

    let code: String
    let name: String
    let refusal: RefusalCard?
    let path: String
    let key: String
    let gap: Field

    /// - Parameter typed: what a refused form held.
    init(
        _ words: Words,
        _ till: ListedTill,
        key: ID<Claim>,
        refusal: RefusalCard? = nil,
        typed: String? = nil
    ) {
        code = till.code
        name = till.name
        self.refusal = refusal
        path = "/tills/\(till.code)/scan-gap"
        self.key = key.text
        gap = Field(
            "gap",
            label: words("scanner_gap"),
            value: typed ?? String(till.scanGapMs),
            hint: words(
                "scanner_gap_hint",
                [
                    "usual": String(ScanGap.usual.milliseconds),
                    "least": String(ScanGap.possible.lowerBound),
                    "most": String(ScanGap.possible.upperBound),
                ]
            ),
            error: refusal?.why,
            type: "number"
        )
    }
}
