extension DeviceKind {
    /// What people call a machine: maker and model, the maker once where the model begins with it, or what kind of thing it is
    /// where nobody wrote them.
    public func named(_ maker: String, _ model: String, in language: Language) -> String {
        let name = machineName(maker, model)
        return name.isEmpty ? self.name(in: language) : name
    }
}

/// `HP ProBook 450 G5`, for `HP` and `HP ProBook 450 G5` too; empty where neither is known.
public func machineName(_ maker: String, _ model: String) -> String {
    guard !maker.isEmpty, !model.isEmpty else { return maker + model }
    let (first, whole) = (maker.lowercased(), model.lowercased())
    return whole == first || whole.hasPrefix(first + " ") ? model : "\(maker) \(model)"
}
