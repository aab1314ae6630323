/// The name on a machine's lid, in what its firmware says (SMBIOS structures 1 and 2).
enum SystemName {
    /// The product, else the board's, since a machine put together from parts has no other name. Lenovo puts the name
    /// that is written on the lid in the version, and a stock number in the product.
    static func model(
        vendor: String?,
        version: (json: JSON?, field: String),
        products: [(json: JSON?, field: String)]
    ) throws(HardwareRefusal.Cause) -> String? {
        let version = try ReadName.genuine(version.json, field: version.field)
        if (vendor ?? "").lowercased().hasPrefix("lenovo"), let version, isLenovoFamily(version) {
            return version
        }
        return try ReadName.genuine(anyOf: products)
    }

    private static func isLenovoFamily(_ version: String) -> Bool {
        ["think", "idea", "yoga", "netfinity", "netvista", "intelli"].contains {
            version.lowercased().hasPrefix($0)
        }
    }
}
