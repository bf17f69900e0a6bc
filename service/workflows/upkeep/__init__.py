"""The upkeep of the library (时效维护): what has ended, come again or closed is found, proposed and decided by a person."""
