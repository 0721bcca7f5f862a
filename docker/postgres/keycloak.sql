-- Keycloak keeps its own database on the same server.
create database keycloak;
