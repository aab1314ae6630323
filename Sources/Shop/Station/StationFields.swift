extension FieldName {
    public static let station = FieldName("station", "Banc de test", "Test bench")
}
